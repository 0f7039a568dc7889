package orderplatform.query.log;

import java.io.IOException;
import orderplatform.api.RecordedEvent;
import org.apache.commons.csv.CSVFormat;
import tools.jackson.databind.json.JsonMapper;

/** How a stretch of the log is written to a file, each event as one record. */
enum ExportFormat {
    /** A JSON object per line, as {@code GET /api/events} shows it. */
    NDJSON("application/x-ndjson") {
        @Override
        void begin(Appendable out) {}

        @Override
        void write(RecordedEvent event, JsonMapper json, Appendable out) throws IOException {
            out.append(json.writeValueAsString(event)).append('\n');
        }
    },
    /** RFC 4180 with a header; data and metadata are JSON. */
    CSV("text/csv") {
        @Override
        void begin(Appendable out) throws IOException {
            RECORDS.printRecord(
                    out,
                    "position",
                    "eventId",
                    "stream",
                    "version",
                    "type",
                    "revision",
                    "recordedAt",
                    "data",
                    "metadata");
        }

        @Override
        void write(RecordedEvent event, JsonMapper json, Appendable out) throws IOException {
            RECORDS.printRecord(
                    out,
                    event.position(),
                    event.eventId(),
                    event.stream(),
                    event.version(),
                    event.type(),
                    event.revision(),
                    event.recordedAt(),
                    json.writeValueAsString(event.data()),
                    json.writeValueAsString(event.metadata()));
        }
    };

    private static final CSVFormat RECORDS = CSVFormat.RFC4180;

    private final String mediaType;

    ExportFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    abstract void begin(Appendable out) throws IOException;

    abstract void write(RecordedEvent event, JsonMapper json, Appendable out) throws IOException;
}
