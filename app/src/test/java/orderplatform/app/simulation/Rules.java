package orderplatform.app.simulation;

import java.util.function.Supplier;

/** How the checks say what is wrong. They share no code with the aggregates. */
final class Rules {

    private Rules() {}

    /** A rule that does not hold. */
    static final class Broken extends AssertionError {

        private static final long serialVersionUID = 1L;

        private final String rule;

        Broken(String rule, Object facts) {
            super("Not so: %s. %s".formatted(rule, facts));
            this.rule = rule;
        }

        String rule() {
            return rule;
        }
    }

    /** @throws Broken with the facts, if the rule does not hold */
    static void require(boolean holds, String rule, Supplier<Object> facts) {
        if (!holds) {
            throw new Broken(rule, facts.get());
        }
    }
}
