package orderplatform.api;

/** A refusal by the domain: data with a type and the facts, not an exception. Each capability has its own sealed kind. */
public interface Rejection {

    /** As which problem a caller is told. */
    ProblemType type();

    /** One sentence for a person, without personal data. */
    String detail();
}
