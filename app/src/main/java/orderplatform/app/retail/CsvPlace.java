package orderplatform.app.retail;

/** Where in a CSV text something is: follows the quotes of RFC 4180, up to the first that is wrong. */
final class CsvPlace {

    private enum State {
        START,
        PLAIN,
        QUOTED,
        CLOSED,
        FAULT
    }

    private State state = State.START;
    private long line = 1;
    private int field = 1;
    private long quoteLine;
    private String fault = "";

    private CsvPlace() {}

    /** The end of the text, or its first fault. */
    static CsvPlace endOf(String text) {
        CsvPlace place = new CsvPlace();
        for (int i = 0; i < text.length() && place.state != State.FAULT; i++) {
            boolean endsLine = text.charAt(i) == '\n' || (text.charAt(i) == '\r' && !text.startsWith("\n", i + 1));
            place.pass(text.charAt(i), endsLine);
        }
        if (place.state == State.QUOTED) {
            place.line = place.quoteLine;
            place.fault = "begins with a quote that never ends";
        }
        return place;
    }

    private void pass(char character, boolean endsLine) {
        if (state == State.QUOTED) {
            state = character == '"' ? State.CLOSED : State.QUOTED;
        } else if (character == '"' && state != State.PLAIN) {
            quoteLine = state == State.START ? line : quoteLine;
            state = State.QUOTED;
        } else if (character == ',') {
            state = State.START;
            field++;
        } else if (endsLine) {
            state = State.START;
            field = 1;
        } else if (state == State.CLOSED && !Character.isWhitespace(character)) {
            state = State.FAULT;
            fault = "goes on after its closing quote";
        } else if (state == State.START) {
            state = State.PLAIN;
        }
        line += endsLine ? 1 : 0;
    }

    long line() {
        return line;
    }

    /** Counted from 1. */
    int field() {
        return field;
    }

    boolean isAtFault() {
        return !fault.isEmpty();
    }

    /** What is wrong there; empty if nothing is. */
    String fault() {
        return fault;
    }
}
