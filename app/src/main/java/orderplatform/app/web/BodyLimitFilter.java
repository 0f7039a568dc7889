package orderplatform.app.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import orderplatform.api.Problem;
import orderplatform.api.ProblemType;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses bodies over one mebibyte, announced or not, before anything is done with them. */
@Component
class BodyLimitFilter extends OncePerRequestFilter {

    private static final DataSize LIMIT = DataSize.ofMegabytes(1);

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > LIMIT.toBytes()) {
            refuse(request, response);
        } else if (request.getContentLengthLong() < 0 && request.getHeader("Transfer-Encoding") != null) {
            byte[] body;
            try {
                body = request.getInputStream().readNBytes((int) LIMIT.toBytes() + 1);
            } catch (IOException malformed) {
                ProblemWriter.write(request, response, Problem.invalid("body", "must be in well-formed chunks"));
                return;
            }
            if (body.length > LIMIT.toBytes()) {
                refuse(request, response);
            } else {
                chain.doFilter(new RequestWithBody(request, body), response);
            }
        } else {
            chain.doFilter(request, response);
        }
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var detail = "The body is larger than %d bytes.".formatted(LIMIT.toBytes());
        ProblemWriter.write(request, response, Problem.of(ProblemType.CONTENT_TOO_LARGE, detail));
    }

    private static final class RequestWithBody extends HttpServletRequestWrapper {

        private final ByteArrayInputStream body;

        RequestWithBody(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = new ByteArrayInputStream(body);
        }

        @Override
        public ServletInputStream getInputStream() {
            return new ServletInputStream() {

                @Override
                public int read() {
                    return body.read();
                }

                @Override
                public int read(byte[] into, int offset, int length) {
                    return body.read(into, offset, length);
                }

                @Override
                public boolean isFinished() {
                    return body.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new IllegalStateException("The body has been read");
                }
            };
        }
    }
}
