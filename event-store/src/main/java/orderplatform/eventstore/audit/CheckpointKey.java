package orderplatform.eventstore.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import orderplatform.eventstore.Sha256;

/** The key that signs checkpoints: PEM files as OpenSSL makes and reads them. */
record CheckpointKey(KeyPair pair) {

    static final String ALGORITHM = "Ed25519";

    private static final String PRIVATE = "private-key.pem";
    private static final String PUBLIC = "public-key.pem";
    private static final int PEM_LINE = 64;
    private static final int ID_BYTES = 8;

    /** The key of a folder; made if the folder has none. */
    static CheckpointKey of(Path folder) throws IOException {
        try {
            if (!Files.exists(folder.resolve(PUBLIC)) || !Files.exists(folder.resolve(PRIVATE))) {
                make(folder);
            }
            var secret = KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(read(folder.resolve(PRIVATE))));
            return new CheckpointKey(new KeyPair(publicIn(folder.resolve(PUBLIC)), secret));
        } catch (GeneralSecurityException unusable) {
            throw new IOException("no %s key: %s".formatted(ALGORITHM, folder.resolve(PRIVATE)), unusable);
        }
    }

    /**
     * The public keys of a folder by their ids: its own, and others that an operator has put beside it.
     *
     * @throws IOException if one of its PEM files is no key
     */
    static Map<String, PublicKey> trustedIn(Path folder) throws IOException {
        try (var files =
                Files.newDirectoryStream(folder, file -> file.toString().endsWith(".pem") && !file.endsWith(PRIVATE))) {
            var keys = new HashMap<String, PublicKey>();
            for (var file : files) {
                var key = publicIn(file);
                keys.put(id(key), key);
            }
            return keys;
        }
    }

    private static PublicKey publicIn(Path file) throws IOException {
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(read(file)));
        } catch (GeneralSecurityException unusable) {
            throw new IOException("no %s key: %s".formatted(ALGORITHM, file), unusable);
        }
    }

    /** Nodes may share the folder: the first one makes the key while the others wait. */
    private static void make(Path folder) throws IOException, GeneralSecurityException {
        try (var channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            if (lock.isValid() && !Files.exists(folder.resolve(PRIVATE))) {
                write(folder, KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair());
            }
        }
    }

    /** The private key appears last and whole: a process that sees the private key finds both keys. */
    private static void write(Path folder, KeyPair made) throws IOException {
        var ownersOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.writeString(
                folder.resolve(PUBLIC), pem("PUBLIC KEY", made.getPublic().getEncoded()));
        var unfinished = Files.createTempFile(folder, "private-key", ".unfinished", ownersOnly);
        Files.writeString(unfinished, pem("PRIVATE KEY", made.getPrivate().getEncoded()));
        Files.move(unfinished, folder.resolve(PRIVATE), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String pem(String kind, byte[] key) {
        var lines = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(key);
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, lines);
    }

    private static byte[] read(Path pem) throws IOException {
        var lines = Files.readAllLines(pem).stream()
                .filter(line -> !line.startsWith("-----"))
                .collect(Collectors.joining());
        try {
            return Base64.getDecoder().decode(lines);
        } catch (IllegalArgumentException notPem) {
            throw new IOException("no PEM file: " + pem, notPem);
        }
    }

    SignedCheckpoint sign(long position, byte[] hash, Instant at) {
        try {
            var hex = HexFormat.of().formatHex(hash);
            var signer = Signature.getInstance(ALGORITHM);
            signer.initSign(pair.getPrivate());
            signer.update(SignedCheckpoint.text(position, hex, at));
            return new SignedCheckpoint(
                    position, hex, Base64.getEncoder().encodeToString(signer.sign()), id(pair.getPublic()), at);
        } catch (GeneralSecurityException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }

    private static String id(PublicKey key) {
        var digest = Sha256.of(key.getEncoded());
        return HexFormat.of().formatHex(digest, 0, ID_BYTES);
    }
}
