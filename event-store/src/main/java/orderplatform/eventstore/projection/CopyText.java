package orderplatform.eventstore.projection;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.copy.CopyIn;

/** Rows in PostgreSQL's text format of {@code COPY}, sent piece by piece. */
final class CopyText<R> {

    private static final int PIECE = 1 << 16;

    private final List<Column<R>> columns;
    private final StringBuilder text = new StringBuilder(PIECE + (PIECE >> 2));

    CopyText(List<Column<R>> columns) {
        this.columns = columns;
    }

    void append(R row) {
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                text.append('\t');
            }
            var value = columns.get(i).value().apply(row);
            if (value == null) {
                text.append("\\N");
            } else {
                escaped(value.toString());
            }
        }
        text.append('\n');
    }

    private void escaped(String value) {
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            switch (character) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> text.append(character);
            }
        }
    }

    boolean isFull() {
        return text.length() >= PIECE;
    }

    void flush(CopyIn copy) throws SQLException {
        var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        text.setLength(0);
    }
}
