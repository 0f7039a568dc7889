package orderplatform.app.journeys;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.Set;
import orderplatform.app.benchmarks.process.Database;

/**
 * What {@code pg_basebackup} and an archive of the write-ahead log do, with nothing but SQL and copied files, because the
 * embedded PostgreSQL brings along neither ("Making a Base Backup Using the Low Level API" in PostgreSQL's manual).
 *
 * @param data of the server that is copied
 * @param copy a data folder that a server can be started on
 */
record BaseBackup(Path data, Path copy) {

    private static final String LOG = "pg_wal";
    private static final Set<String> OF_THE_PROCESS = Set.of("postmaster.pid", "postmaster.opts");

    /** Copies the files while the server goes on writing them. */
    void take(Database database) throws SQLException, IOException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("SELECT pg_backup_start('test', true)");
            Files.walkFileTree(data, new Copying(data.resolve(LOG)));
            Files.createDirectories(copy.resolve(LOG));
            try (var label = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
                label.next();
                Files.writeString(copy.resolve("backup_label"), label.getString(1));
            }
        }
    }

    /** Adds all that was written since, up to the end. */
    void addLog() throws IOException {
        Files.walkFileTree(data.resolve(LOG), new Copying(null));
    }

    private final class Copying extends SimpleFileVisitor<Path> {

        private final Path without;

        Copying(Path without) {
            this.without = without;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            if (folder.equals(without)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            var made = copy.resolve(data.relativize(folder));
            Files.createDirectories(made);
            Files.setPosixFilePermissions(made, Files.getPosixFilePermissions(folder));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (!OF_THE_PROCESS.contains(file.getFileName().toString())) {
                try {
                    Files.copy(file, copy.resolve(data.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                } catch (NoSuchFileException gone) {
                    return FileVisitResult.CONTINUE;
                }
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
        }
    }
}
