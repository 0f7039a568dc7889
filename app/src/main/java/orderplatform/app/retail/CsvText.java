package orderplatform.app.retail;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The text of a CSV file, plain or gzipped, which is whole: valid UTF-8 to its end, each quote closed. */
final class CsvText {

    private static final int MAX_BYTES = 128 * 1024 * 1024;
    private static final int CHUNK_BYTES = 8 * 1024;
    private static final int GZIP_MAGIC = 0x1f;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final List<String> columns;

    private CsvText(List<String> columns) {
        this.columns = columns;
    }

    /**
     * Reads a file, and leaves out its byte order mark.
     *
     * @param columns names, to say where something is wrong
     */
    static String read(InputStream content, List<String> columns) throws IOException, MalformedFile {
        return new CsvText(columns).read(content);
    }

    private String read(InputStream content) throws IOException, MalformedFile {
        var bytes = new ByteArrayOutputStream();
        try {
            unzipTo(bytes, content);
        } catch (EOFException | ZipException damaged) {
            String text = decoded(bytes.toByteArray());
            throw at(CsvPlace.endOf(text), "is where the gzipped data breaks off or is damaged");
        }
        String text = decoded(bytes.toByteArray());
        CsvPlace end = CsvPlace.endOf(text);
        if (end.isAtFault()) {
            throw at(end, end.fault());
        }
        return text;
    }

    private static void unzipTo(ByteArrayOutputStream bytes, InputStream content) throws IOException, MalformedFile {
        InputStream plain = plain(content);
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int read = plain.read(chunk); read >= 0; read = plain.read(chunk)) {
            bytes.write(chunk, 0, read);
            if (bytes.size() > MAX_BYTES) {
                throw new MalformedFile(1, "the file has more than " + MAX_BYTES + " bytes");
            }
        }
    }

    private static InputStream plain(InputStream content) throws IOException {
        InputStream buffered = new BufferedInputStream(content);
        buffered.mark(1);
        int first = buffered.read();
        buffered.reset();
        return first == GZIP_MAGIC ? new GZIPInputStream(buffered) : buffered;
    }

    private String decoded(byte[] bytes) throws MalformedFile {
        CharBuffer text = CharBuffer.allocate(bytes.length);
        boolean isUtf8 = !StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes), text, true)
                .isError();
        String decoded = text.flip().toString();
        if (!isUtf8) {
            throw at(CsvPlace.endOf(decoded), "is not UTF-8; save the file in this charset");
        }
        return decoded.startsWith(BYTE_ORDER_MARK) ? decoded.substring(1) : decoded;
    }

    private MalformedFile at(CsvPlace place, String what) {
        String column = place.field() <= columns.size() ? columns.get(place.field() - 1) : "column " + place.field();
        return new MalformedFile(place.line(), column, what);
    }
}
