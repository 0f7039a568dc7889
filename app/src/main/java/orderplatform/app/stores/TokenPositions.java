package orderplatform.app.stores;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import orderplatform.query.projections.ProjectionPosition;
import orderplatform.query.projections.ProjectionPositions;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.AbstractTokenEntry;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the tokens as any node stored them. A processor has passed a position when all its segments have. */
public class TokenPositions implements ProjectionPositions {

    /** A running segment signs its claim more often than this. */
    private static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(15);

    private final JdbcClient database;
    private final Serializer serializer;
    private final String select;

    /** @param table of the token store */
    public TokenPositions(JdbcClient database, Serializer serializer, String table) {
        this.database = database;
        this.serializer = serializer;
        this.select = "SELECT processor_name, token, token_type, owner, timestamp FROM " + table;
    }

    private record Segment(String processor, @Nullable TrackingToken token, boolean running) {

        long position() {
            return token == null ? -1 : token.position().orElse(-1);
        }

        boolean hasPassed(long position) {
            return position() >= position;
        }
    }

    @Override
    public List<ProjectionPosition> all() {
        var byProcessor = database.sql(select).query((row, number) -> segment(row)).list().stream()
                .collect(Collectors.groupingBy(Segment::processor));
        return byProcessor.values().stream()
                .map(TokenPositions::position)
                .sorted(Comparator.comparing(ProjectionPosition::name))
                .toList();
    }

    private static ProjectionPosition position(List<Segment> segments) {
        var running = segments.stream().allMatch(Segment::running);
        var slowest = segments.stream().mapToLong(Segment::position).min().orElse(-1);
        return new ProjectionPosition(segments.getFirst().processor(), running ? "RUNNING" : "STOPPED", slowest);
    }

    @Override
    public boolean hasPassed(String projection, long position) {
        var segments = database.sql(select + " WHERE processor_name = ?")
                .param(projection)
                .query((row, number) -> segment(row))
                .list();
        return !segments.isEmpty() && segments.stream().allMatch(segment -> segment.hasPassed(position));
    }

    private Segment segment(ResultSet row) throws SQLException {
        var token = row.getBytes("token");
        var type = row.getString("token_type");
        return new Segment(
                row.getString("processor_name"),
                token == null
                        ? null
                        : serializer.deserialize(new SimpleSerializedObject<>(token, byte[].class, type, null)),
                row.getString("owner") != null
                        && Instant.parse(row.getString("timestamp"))
                                .plus(HEARTBEAT_TIMEOUT)
                                .isAfter(AbstractTokenEntry.clock.instant()));
    }
}
