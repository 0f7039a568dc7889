package orderplatform.app.simulation;

/** What threads run on: it can die, with all that is in its memory, and it can stand still. */
public final class Machine {

    private final String name;
    private boolean dead;
    private long stillUntil;

    Machine(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    public boolean isDead() {
        return dead;
    }

    void die() {
        dead = true;
    }

    /** @param nanos of the virtual clock, until which nothing of it runs */
    void standStill(long nanos) {
        stillUntil = nanos;
    }

    long stillUntil() {
        return stillUntil;
    }
}
