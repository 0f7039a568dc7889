package orderplatform.eventstore.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;

/**
 * The hash of the log at a time, signed.
 *
 * @param position of the last event that the hash is over
 * @param hash in hexadecimal
 * @param signature Ed25519, in Base64, over {@link #text}
 * @param keyId names the key: the first 16 hexadecimal digits of the SHA-256 of its public part, X.509
 */
public record SignedCheckpoint(long position, String hash, String signature, String keyId, Instant at) {

    static byte[] text(long position, String hash, Instant at) {
        return "log checkpoint %d %s %s".formatted(position, hash, at).getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the owner of the key has signed just this. */
    boolean isSignedBy(PublicKey key) {
        try {
            var verifier = Signature.getInstance(CheckpointKey.ALGORITHM);
            verifier.initVerify(key);
            verifier.update(text(position, hash, at));
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException notOne) {
            return false;
        }
    }
}
