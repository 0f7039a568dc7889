package orderplatform.app;

import java.io.IOException;

/** Signals that Java itself can't send. */
public interface Signals {

    /** @param name such as KILL, QUIT, STOP or CONT */
    static void send(String name, long pid) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", "-" + name, String.valueOf(pid))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (kill.waitFor() != 0) {
            throw new IOException("kill -%s %d failed with %d".formatted(name, pid, kill.exitValue()));
        }
    }
}
