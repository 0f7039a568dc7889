package orderplatform.query.log;

import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;
import orderplatform.api.Problem;
import orderplatform.api.RecordedEvent;
import orderplatform.eventstore.audit.ProofExport;
import orderplatform.query.consistency.ConsistencyToken;
import orderplatform.query.consistency.ReadsFrom;
import orderplatform.query.web.Parameters;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** A stretch of the log as a file, streamed. Where it broke off it goes on behind the last position that arrived. */
@RestController
class EventLogExportController {

    private final EventLog log;
    private final JsonMapper json;
    private final ObjectProvider<ProofExport> proofs;
    private final LogReaders readers;

    EventLogExportController(EventLog log, JsonMapper json, ObjectProvider<ProofExport> proofs, LogReaders readers) {
        this.readers = readers;
        this.log = log;
        this.json = json;
        this.proofs = proofs;
    }

    /**
     * @param to last position; the log's last one of when it began, if none is given
     * @param proof whether it is to be verified elsewhere: whole batches as they were written, with their hashes
     */
    @GetMapping("/api/events/export")
    void export(
            @RequestParam(defaultValue = "-1") long after,
            @RequestParam(required = false) @Nullable Long to,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String stream,
            @RequestParam(defaultValue = "ndjson") String format,
            @RequestParam(defaultValue = "false") boolean proof,
            @ReadsFrom(ReadsFrom.LOG) ConsistencyToken token,
            HttpServletResponse response)
            throws IOException {
        EventLogController.requireFilters(after, type);
        if (to != null && to < after) {
            throw Problem.invalid("to", "must not be before after");
        }
        var wanted = Parameters.inQuery("format", format, name -> ExportFormat.valueOf(name.toUpperCase(Locale.ROOT)));
        if (proof) {
            requireWhole(wanted, type, stream);
        }
        readers.enter();
        response.setContentType(wanted.mediaType());
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"events.%s\"".formatted(format.toLowerCase(Locale.ROOT)));
        var out = new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
        if (proof) {
            proofs.getObject().write(after, to, out);
        } else {
            write(log.stream(after, to == null ? log.head() : to, type, stream), wanted, out);
        }
        out.flush();
    }

    /** Hashes are over batches, with all that is in them. */
    private void requireWhole(ExportFormat format, @Nullable String type, @Nullable String stream) {
        if (proofs.getIfAvailable() == null) {
            throw Problem.invalid("proof", "is not to be had of Axon's own stores: they have no chain of hashes");
        }
        if (format != ExportFormat.NDJSON) {
            throw Problem.invalid("format", "must be ndjson with proof");
        }
        if (type != null || stream != null) {
            throw Problem.invalid(type != null ? "type" : "stream", "can't be given with proof");
        }
    }

    private void write(Stream<RecordedEvent> events, ExportFormat format, Writer out) throws IOException {
        format.begin(out);
        for (var all = events.iterator(); all.hasNext(); ) {
            format.write(all.next(), json, out);
        }
    }
}
