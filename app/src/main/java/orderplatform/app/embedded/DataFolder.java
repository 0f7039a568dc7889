package orderplatform.app.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import orderplatform.app.start.StartFailure;

/** The folder of the embedded servers' data, used by one platform at a time. */
final class DataFolder implements AutoCloseable {

    /** Raised when an older platform could not read the folder any more. */
    static final int FORMAT = 1;

    /** A file lock is the process's: opening the file a second time and closing it again would give the lock away. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** @throws StartFailure if the folder cannot be used, is in use, or was made by a newer platform */
    static DataFolder open(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
            closeToOthers(path);
            DataFolder opened = new DataFolder(path, lock(path));
            try {
                opened.checkFormat();
            } catch (IOException | StartFailure refused) {
                opened.close();
                throw refused;
            }
            return opened;
        } catch (IOException unusable) {
            throw new StartFailure(
                    "data folder %s cannot be read and written (%s); choose another with --platform.data-dir="
                            .formatted(path, unusable),
                    unusable);
        }
    }

    /** @throws StartFailure if others could have put files there, and it is no data folder yet */
    private static void closeToOthers(Path path) throws IOException {
        if (!Files.getFileStore(path).supportsFileAttributeView(PosixFileAttributeView.class)) {
            return;
        }
        boolean isOpen = Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_WRITE);
        if (isOpen && !Files.exists(path.resolve("format"))) {
            throw new StartFailure(
                    "data folder %s is open to all users of the machine; choose another with --platform.data-dir="
                            .formatted(path));
        }
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    }

    private static FileChannel lock(Path path) throws IOException {
        if (HELD.add(path)) {
            FileChannel channel =
                    FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                return channel;
            }
            channel.close();
            HELD.remove(path);
        }
        throw new StartFailure(
                "data folder %s is in use by another platform; stop that one or choose another folder with --platform.data-dir="
                        .formatted(path));
    }

    private void checkFormat() throws IOException {
        Path file = path.resolve("format");
        if (!Files.exists(file)) {
            Files.writeString(file, FORMAT + "\n");
            return;
        }
        String found = Files.readString(file).strip();
        if (!found.equals(String.valueOf(FORMAT))) {
            throw new StartFailure(
                    "data folder %s has format %s, this version reads %d; start the newer version or choose another folder with --platform.data-dir="
                            .formatted(path, found, FORMAT));
        }
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() {
        HELD.remove(path);
        try {
            lock.close();
        } catch (IOException unimportant) {
            System.getLogger(DataFolder.class.getName())
                    .log(System.Logger.Level.WARNING, "the data folder's lock ends with the process", unimportant);
        }
    }
}
