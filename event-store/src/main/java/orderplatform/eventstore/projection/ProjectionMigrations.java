package orderplatform.eventstore.projection;

/**
 * The tables of projections that come in a jar of their own. A bean of it has them made and migrated, with a history beside
 * the application's, so that neither needs to know the numbers of the other.
 *
 * @param name of the jar's projections; the history is the table {@code <name>_history}
 * @param location of Flyway's scripts, such as {@code classpath:shop/returns/migration}
 */
public record ProjectionMigrations(String name, String location) {

    /** @throws IllegalArgumentException if the name is not lower-case letters, digits and underscores */
    public ProjectionMigrations {
        if (!name.matches("[a-z][a-z0-9_]{0,40}")) {
            throw new IllegalArgumentException("'%s' can't be the name of a table".formatted(name));
        }
    }

    public String history() {
        return name + "_history";
    }
}
