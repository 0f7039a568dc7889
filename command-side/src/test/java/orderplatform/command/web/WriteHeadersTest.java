package orderplatform.command.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;

class WriteHeadersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "wait=10                     | 10",
                "WAIT = 10                   | 10",
                "wait=\"10\"                 | 10",
                "respond-async, wait=10      | 10",
                "wait=10; x=y                | 10",
                "wait=0                      | 0",
                "wait=007                    | 7",
                "wait=31                     | 30",
                "wait=99999999999            | 30",
                "wait=10, wait=20            | 10",
                "wait=soon, wait=20          | 0",
                "wait=-5                     | 0",
                "wait                        | 0",
                "waiting=10                  | 0",
                "foo=\"a, wait=10\"          | 0",
                "foo=\"a\\\", wait=10\", wait=5 | 5",
                "foo=\"open, wait=10         | 0",
                "''                          | 0"
            })
    void a_wait_is_read_as_rfc_7240_says(String preferences, int seconds) {
        var headers = new HttpHeaders();
        headers.put("Prefer", List.of(preferences));
        assertThat(WriteHeaders.of(headers).outcomeWithin()).hasSeconds(seconds);
    }
}
