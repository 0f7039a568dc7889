package orderplatform.app.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import orderplatform.api.Problem;
import orderplatform.api.ProblemType;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/** Errors of the container, such as a path that can't be decoded, as problems instead of its HTML. */
@Component
class ContainerProblems implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory>, Ordered {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerProblems.class);

    /** After Boot's own, which adds a valve with an empty report: the valve that was added last reports first. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void customize(ConfigurableTomcatWebServerFactory factory) {
        factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new ProblemReport()));
    }

    private static final class ProblemReport extends ErrorReportValve {

        @Override
        protected void report(Request request, Response response, @Nullable Throwable failure) {
            if (response.getStatus() < HttpServletResponse.SC_BAD_REQUEST
                    || response.getContentWritten() > 0
                    || !response.setErrorReported()) {
                return;
            }
            var type = ProblemType.ofStatus(response.getStatus());
            try {
                ProblemWriter.write(request, response, Problem.of(type, type.explanation()));
                response.finishResponse();
            } catch (IOException gone) {
                LOG.debug("The caller did not wait for the answer", gone);
            }
        }
    }
}
