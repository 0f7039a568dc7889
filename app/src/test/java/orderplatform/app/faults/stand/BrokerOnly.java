package orderplatform.app.faults.stand;

import java.util.Map;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.model.SystemConfig;

/** The main class of a broker's own process: the one that the platform embeds, on a port and with a user that stay. */
public final class BrokerOnly {

    public static final String USER = "orderplatform";
    public static final String PASSWORD = "orderplatform";

    private BrokerOnly() {}

    /** @param args folder of its data, port, addresses of its configuration and of its properties */
    public static void main(String[] args) throws Exception {
        new SystemLauncher()
                .startup(Map.of(
                        SystemConfig.TYPE,
                        "Memory",
                        SystemConfig.INITIAL_CONFIGURATION_LOCATION,
                        args[2],
                        SystemConfig.INITIAL_SYSTEM_PROPERTIES_LOCATION,
                        args[3],
                        SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT,
                        false,
                        SystemConfig.CONTEXT,
                        Map.of(
                                "qpid.work_dir",
                                args[0],
                                "broker.port",
                                args[1],
                                "broker.user",
                                USER,
                                "broker.password",
                                PASSWORD)));
        Thread.currentThread().join();
    }
}
