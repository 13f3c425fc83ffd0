package etroc.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * Work that goes on while its caller does something else: Spark plans one job on one core, and the other would wait. It takes over what its
 * caller's thread says of Spark jobs, such as their pool.
 */
final class Background implements AutoCloseable {
    private final Thread thread;
    private volatile @Nullable Throwable failure;

    Background(String name, Runnable work) {
        thread = new Thread(work, "etroc " + name);
        thread.setUncaughtExceptionHandler((t, e) -> failure = e);
        thread.start();
    }

    /** Waits until it is done; throws what it threw. */
    void await() {
        close();
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    /** Waits until it is done, however it ends: nothing goes on behind the back of whoever cleans up. */
    @Override
    public void close() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
