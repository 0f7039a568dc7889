package orderplatform.command.web;

import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/**
 * An answer to a write, in a form that can be kept and given again byte for byte.
 *
 * @param body empty for none
 */
record Answer(int status, Map<String, String> headers, String body) {

    ResponseEntity<String> toResponse() {
        var response = new HttpHeaders();
        headers.forEach(response::set);
        return ResponseEntity.status(status).headers(response).body(body.isEmpty() ? null : body);
    }
}
