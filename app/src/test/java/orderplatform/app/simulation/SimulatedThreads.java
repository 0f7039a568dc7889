package orderplatform.app.simulation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A machine's threads for tasks, on the virtual clock. */
final class SimulatedThreads extends AbstractExecutorService implements ScheduledExecutorService {

    private final Scheduler scheduler;
    private final Machine machine;
    private final String name;

    SimulatedThreads(Scheduler scheduler, Machine machine, String name) {
        this.scheduler = scheduler;
        this.machine = machine;
        this.name = machine.name() + '/' + name;
    }

    @Override
    public void execute(Runnable task) {
        scheduler.spawn(machine, name, task);
    }

    /** @return null: nobody asks */
    @Override
    public @Nullable ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        scheduler.spawn(machine, name, () -> {
            scheduler.sleep(Duration.of(delay, unit.toChronoUnit()));
            task.run();
        });
        return null;
    }

    @Override
    public <V> @Nullable ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        schedule(new FutureTask<>(task), delay, unit);
        return null;
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long first, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shutdown() {
        throw new UnsupportedOperationException("They end with their machine");
    }

    @Override
    public List<Runnable> shutdownNow() {
        throw new UnsupportedOperationException("They end with their machine");
    }

    @Override
    public boolean isShutdown() {
        return machine.isDead();
    }

    @Override
    public boolean isTerminated() {
        return machine.isDead();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException("They end with their machine");
    }
}
