package orderplatform.eventstore.personal;

import java.util.Base64;
import java.util.HexFormat;
import orderplatform.eventstore.Sha256;

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
        return new MasterKey(HexFormat.of().formatHex(Sha256.of(key), 0, ID_BYTES), new SecretBox(key));
    }
}
