package orderplatform.eventstore.replay;

/**
 * What a next generation and the live one had when both were at one position.
 *
 * @param position that both had reached
 * @param built by the replay
 * @param live until then
 */
public record Comparison(long position, Content built, Content live) {

    /**
     * @param checksum of the rows, in whatever order they are: the sum of a 64-bit hash of each one's text
     */
    public record Content(long rows, String checksum) {}

    public boolean isEqual() {
        return built.equals(live);
    }
}
