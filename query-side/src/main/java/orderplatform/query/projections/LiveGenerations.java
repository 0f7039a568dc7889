package orderplatform.query.projections;

/**
 * Knows which generation of a projection's rows is live: its number goes up when a rebuild replaces them.
 * Without a bean of it there is only ever one. May be asked many times a second; a change on another node may show a second
 * late.
 */
@FunctionalInterface
public interface LiveGenerations {

    int FIRST = 1;

    int of(String projection);
}
