package orderplatform.api;

/** The writer named a stream version that is not the current one. */
public record StaleVersion(long expected, long actual) implements Rejection {

    @Override
    public String code() {
        return "stale-version";
    }

    @Override
    public String detail() {
        return "The write was made from version %d, but the current version is %d.".formatted(expected, actual);
    }
}
