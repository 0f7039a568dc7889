package orderplatform.app.simulation;

/** Something taken out on purpose, so that the checks have something to see. */
enum Sabotage {
    NONE("nothing"),
    /** Events are appended at any version. */
    VERSIONS_UNCHECKED("versions are gapless"),
    /** A message that was handled before has its effect again. */
    INBOX_OFF("every event has its effect once"),
    /** Sagas are not found again by a node that begins with what is stored. */
    SAGAS_FORGOTTEN("all comes to rest"),
    /** The provider can't tell a repeated call from a new one. */
    NEW_PAYMENT_KEYS("no money stays authorised"),
    /** The relay publishes after its token may have been stored. */
    TOKEN_BEFORE_PUBLISH("every event is published");

    private final String shownAs;

    Sabotage(String shownAs) {
        this.shownAs = shownAs;
    }

    /** The rule that it violates. */
    String shownAs() {
        return shownAs;
    }
}
