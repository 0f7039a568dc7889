package orderplatform.eventstore.personal;

/** What became of a text about a person. */
public sealed interface PersonalText {

    /** To whoever may see it. */
    String shown();

    record Readable(String text) implements PersonalText {

        @Override
        public String shown() {
            return text;
        }

        /** Keeps it out of log lines. */
        @Override
        public String toString() {
            return "Readable[***]";
        }
    }

    /** The person's key has been destroyed. */
    record Erased() implements PersonalText {

        @Override
        public String shown() {
            return "erased";
        }
    }

    /** No seal of this person and field: it was changed, or moved here from elsewhere. */
    record Unreadable() implements PersonalText {

        @Override
        public String shown() {
            return "unreadable";
        }
    }
}
