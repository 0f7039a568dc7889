package orderplatform.app.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** The key that signs checkpoints: PEM files as OpenSSL makes and reads them. */
record CheckpointKey(KeyPair pair) {

    static final String ALGORITHM = "Ed25519";

    private static final String PRIVATE = "private-key.pem";
    private static final String PUBLIC = "public-key.pem";
    private static final int PEM_LINE = 64;
    private static final int ID_BYTES = 8;

    /** That of a folder; made where it has none. */
    static CheckpointKey of(Path folder) throws IOException {
        try {
            if (!Files.exists(folder.resolve(PRIVATE))) {
                write(folder, KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair());
            }
            var secret = KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(read(folder.resolve(PRIVATE))));
            return new CheckpointKey(new KeyPair(publicOf(folder), secret));
        } catch (GeneralSecurityException unusable) {
            throw new IOException("no %s key: %s".formatted(ALGORITHM, folder.resolve(PRIVATE)), unusable);
        }
    }

    /** @throws IOException where the folder has none */
    static PublicKey publicOf(Path folder) throws IOException {
        try {
            return KeyFactory.getInstance(ALGORITHM)
                    .generatePublic(new X509EncodedKeySpec(read(folder.resolve(PUBLIC))));
        } catch (GeneralSecurityException unusable) {
            throw new IOException("no %s key: %s".formatted(ALGORITHM, folder.resolve(PUBLIC)), unusable);
        }
    }

    private static void write(Path folder, KeyPair made) throws IOException {
        var ownersOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.writeString(
                folder.resolve(PUBLIC), pem("PUBLIC KEY", made.getPublic().getEncoded()));
        var file = Files.createFile(folder.resolve(PRIVATE), ownersOnly);
        Files.writeString(file, pem("PRIVATE KEY", made.getPrivate().getEncoded()));
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

    Checkpoint sign(long position, byte[] hash, Instant at) {
        try {
            var hex = HexFormat.of().formatHex(hash);
            var signer = Signature.getInstance(ALGORITHM);
            signer.initSign(pair.getPrivate());
            signer.update(Checkpoint.text(position, hex, at));
            return new Checkpoint(position, hex, Base64.getEncoder().encodeToString(signer.sign()), id(), at);
        } catch (GeneralSecurityException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }

    private String id() throws GeneralSecurityException {
        var digest =
                MessageDigest.getInstance("SHA-256").digest(pair.getPublic().getEncoded());
        return HexFormat.of().formatHex(digest, 0, ID_BYTES);
    }
}
