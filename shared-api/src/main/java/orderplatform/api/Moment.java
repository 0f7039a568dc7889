package orderplatform.api;

import java.time.Instant;

/** A moment in the life of a stream. */
public sealed interface Moment {

    /** Whether an event of the stream had happened by then. */
    boolean includes(long version, Instant recordedAt);

    /** Whether the stream had come so far. */
    boolean isReachedBy(long lastVersion);

    /**
     * After the event with a version, and before the next one.
     *
     * @param version from 0
     */
    record Version(long version) implements Moment {

        /** @throws IllegalArgumentException if the version is negative */
        public Version {
            if (version < 0) {
                throw new IllegalArgumentException("A version is not negative: " + version);
            }
        }

        @Override
        public boolean includes(long eventVersion, Instant recordedAt) {
            return eventVersion <= version;
        }

        @Override
        public boolean isReachedBy(long lastVersion) {
            return lastVersion == version;
        }
    }

    /** With everything that was recorded up to a time. */
    record Time(Instant time) implements Moment {

        @Override
        public boolean includes(long eventVersion, Instant recordedAt) {
            return !recordedAt.isAfter(time);
        }

        @Override
        public boolean isReachedBy(long lastVersion) {
            return lastVersion >= 0;
        }
    }
}
