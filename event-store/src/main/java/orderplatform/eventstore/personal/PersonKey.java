package orderplatform.eventstore.personal;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.DeterministicAead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.daead.AesSivKey;
import com.google.crypto.tink.daead.AesSivParameters;
import com.google.crypto.tink.subtle.AesSiv;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The key of one person, with which that person's texts are sealed: AES-SIV (RFC 5297), by which the same text gives the
 * same bytes, so that who only has these can compare them.
 */
final class PersonKey {

    private static final int SIV_KEY_BYTES = 64;
    private static final byte[] PURPOSE = "seals of texts".getBytes(StandardCharsets.US_ASCII);

    private final UUID id;
    private final String person;
    private final SecretBox before;
    private final DeterministicAead cipher;

    PersonKey(UUID id, String person, byte[] key) {
        this.id = id;
        this.person = person;
        this.before = new SecretBox(key);
        this.cipher = cipher(key);
    }

    @AccessesPartialKey
    private static DeterministicAead cipher(byte[] key) {
        try {
            var derived = KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract().addIKM(key).thenExpand(PURPOSE, SIV_KEY_BYTES));
            var parameters =
                    AesSivParameters.builder().setKeySizeBytes(SIV_KEY_BYTES).build();
            return AesSiv.create(AesSivKey.builder()
                    .setParameters(parameters)
                    .setKeyBytes(SecretBytes.copyFrom(derived, InsecureSecretKeyAccess.get()))
                    .build());
        } catch (GeneralSecurityException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }

    UUID id() {
        return id;
    }

    String person() {
        return person;
    }

    byte[] seal(String field, String text) {
        try {
            return cipher.encryptDeterministically(text.getBytes(StandardCharsets.UTF_8), context(field));
        } catch (GeneralSecurityException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }

    /** @throws GeneralSecurityException if it is no seal of this person and field */
    String open(String field, byte[] sealed) throws GeneralSecurityException {
        return new String(cipher.decryptDeterministically(sealed, context(field)), StandardCharsets.UTF_8);
    }

    private byte[] context(String field) {
        return (person + "\n" + field).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Of before a seal named person and field.
     *
     * @throws GeneralSecurityException if it is no seal of this key
     */
    String openBefore(byte[] sealed) throws GeneralSecurityException {
        var opened = before.open(sealed, id.toString().getBytes(StandardCharsets.US_ASCII));
        return new String(opened, StandardCharsets.UTF_8);
    }
}
