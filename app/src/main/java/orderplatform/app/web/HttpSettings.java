package orderplatform.app.web;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set about HTTP, under {@code platform.http}.
 *
 * @param hosts names, in lower case and without a port, under which callers reach the platform. Loopback's are always known; a
 *     node that listens to other machines is known by every name if none is given
 */
@ConfigurationProperties("platform.http")
record HttpSettings(@DefaultValue Set<String> hosts) {}
