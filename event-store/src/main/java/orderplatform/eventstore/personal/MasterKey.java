package orderplatform.eventstore.personal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * What wraps the keys of people.
 *
 * @param id tells it from others and gives nothing of it away
 */
record MasterKey(String id, SecretBox box) {

    private static final int ID_BYTES = 8;

    /** @throws IllegalArgumentException if the text is not 32 bytes in Base64 */
    static MasterKey parse(String text) {
        try {
            return of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException notAKey) {
            throw new IllegalArgumentException(
                    "platform.personal-data.master-key and other-master-keys must be 32 bytes in Base64", notAKey);
        }
    }

    static MasterKey of(byte[] key) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(key);
            return new MasterKey(HexFormat.of().formatHex(digest, 0, ID_BYTES), new SecretBox(key));
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }
}
