package orderplatform.api;

/** A refusal by the domain: data with a code and the facts, not an exception. Each capability has its own sealed kind. */
public interface Rejection {

    /** Stable and machine-readable, as in the last part of {@code /problems/illegal-transition}. */
    String code();

    /** One sentence for a person, without personal data. */
    String detail();
}
