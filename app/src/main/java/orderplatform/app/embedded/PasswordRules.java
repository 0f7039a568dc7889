package orderplatform.app.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who may connect to the embedded PostgreSQL, in its {@code pg_hba.conf}. */
final class PasswordRules {

    private static final String TRUST = "trust";

    private static final String PASSWORDS = """
            # Written by the order platform.
            host all all 127.0.0.1/32 scram-sha-256
            host replication all 127.0.0.1/32 scram-sha-256
            """;

    /** Nothing else is served until the owner has a password: a moment, once in the life of a data folder. */
    private static final String OWNER_WITHOUT_PASSWORD = "host postgres postgres 127.0.0.1/32 trust\n";

    private PasswordRules() {}

    private static Path file(Path data) {
        return data.resolve("pg_hba.conf");
    }

    /** Whether somebody may connect without a password. */
    static boolean areMissingIn(Path data) throws IOException {
        try (var lines = Files.lines(file(data))) {
            return lines.anyMatch(
                    line -> !line.startsWith("#") && line.stripTrailing().endsWith(TRUST));
        }
    }

    static void trustOwnerIn(Path data) throws IOException {
        PasswordFile.write(file(data), OWNER_WITHOUT_PASSWORD);
    }

    static void demandPasswordsIn(Path data) throws IOException {
        PasswordFile.write(file(data), PASSWORDS);
    }
}
