package orderplatform.api.payments;

/** What is known about a step at the provider. */
public sealed interface ProviderOutcome {

    /** Bound on a reference and a reason; both hold only characters that {@link orderplatform.api.Texts} lets through. */
    int MAX_TEXT_CHARACTERS = 255;

    /** @param reference the provider's own name for what it did */
    record Approved(String reference) implements ProviderOutcome {}

    /** @param reason the provider's code, such as {@code insufficient-funds} */
    record Declined(String reason) implements ProviderOutcome {}

    /** The provider did not answer: it may have done the step or not. */
    record Unknown() implements ProviderOutcome {}
}
