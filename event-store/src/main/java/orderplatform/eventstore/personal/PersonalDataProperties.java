package orderplatform.eventstore.personal;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the keys of people are kept, under {@code platform.personal-data}.
 *
 * @param masterKey key that wraps the keys of people, the same on every node: 32 bytes in Base64 ({@code openssl rand -base64 32}); if it is empty, the
 *     database makes one for itself, which lies beside what it wraps
 * @param otherMasterKeys master keys with which some keys may still be wrapped, or already are on another node
 */
@ConfigurationProperties("platform.personal-data")
record PersonalDataProperties(
        @DefaultValue("") String masterKey, @DefaultValue List<String> otherMasterKeys) {

    /** Keeps the keys out of log lines. */
    @Override
    public String toString() {
        return "PersonalDataProperties[%s, %d others]"
                .formatted(masterKey.isEmpty() ? "no master key" : "a master key", otherMasterKeys.size());
    }
}
