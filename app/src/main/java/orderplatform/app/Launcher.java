package orderplatform.app;

/**
 * The jar's main class. It is compiled for older JVMs than everything else, so that they can say in one line which Java
 * is needed instead of failing with a class version number.
 */
public final class Launcher {

    private static final int NEEDED_JAVA = 25;

    private Launcher() {}

    public static void main(String[] args) {
        int running = Runtime.version().feature();
        if (running < NEEDED_JAVA) {
            System.err.println("order-platform: needs Java " + NEEDED_JAVA + " or newer, this is Java " + running
                    + "; start it with the java of a JDK " + NEEDED_JAVA);
            System.exit(1);
        }
        OrderPlatform.main(args);
    }
}
