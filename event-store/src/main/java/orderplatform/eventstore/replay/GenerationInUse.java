package orderplatform.eventstore.replay;

/** Others hold the live table, so that it can't be swapped now. */
public final class GenerationInUse extends RuntimeException {

    private static final long serialVersionUID = 1L;

    GenerationInUse(String table, Throwable cause) {
        super("%s is in use and can't be swapped".formatted(table), cause);
    }
}
