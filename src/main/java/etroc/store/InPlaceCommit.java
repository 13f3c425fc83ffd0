package etroc.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.OutputCommitter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.spark.internal.io.FileCommitProtocol.TaskCommitMessage;
import org.apache.spark.internal.io.FileNameSpec;
import org.apache.spark.internal.io.HadoopMapReduceCommitProtocol;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * How Spark's writers commit here: each attempt of a task writes files of its own names where they belong, and those of attempts that did
 * not count are removed. Nothing is renamed, which stores of objects cannot or do by copying. The directory is private until it is
 * published ({@link Draft}), so there is no need to hide it. Each task takes the checksums of its files, which the job leaves beside them
 * ({@link Checksums}).
 */
public final class InPlaceCommit extends HadoopMapReduceCommitProtocol {
    private static final long serialVersionUID = 1L;

    private final String job;
    private final String path;
    /** Files of this attempt of a task. */
    private final ArrayList<String> written = new ArrayList<>();

    public InPlaceCommit(String job, String path, boolean dynamicPartitionOverwrite) {
        super(job, path, dynamicPartitionOverwrite);
        this.job = job;
        this.path = path;
    }

    @Override
    public OutputCommitter setupCommitter(TaskAttemptContext task) {
        return new Nothing();
    }

    @Override
    public String getFilename(TaskAttemptContext task, FileNameSpec spec) {
        return String.format(
                Locale.ROOT,
                "%spart-%05d-%s-%d%s",
                spec.prefix(),
                task.getTaskAttemptID().getTaskID().getId(),
                job,
                task.getTaskAttemptID().getId(),
                spec.suffix());
    }

    @Override
    public String newTaskTempFile(TaskAttemptContext task, Option<String> directory, FileNameSpec spec) {
        try { // pages have checksums of their own, and so have files: no hidden one beside each
            new Path(path).getFileSystem(task.getConfiguration()).setWriteChecksum(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String file = super.newTaskTempFile(task, directory, spec);
        written.add(file);
        return file;
    }

    @Override
    public TaskCommitMessage commitTask(TaskAttemptContext task) {
        super.commitTask(task);
        TreeMap<String, StoredFile> stored = new TreeMap<>();
        try {
            for (String file : written) {
                Path place = new Path(file);
                stored.put(place.getName(), StoredFile.of(place, null, task.getConfiguration()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TaskCommitMessage(stored);
    }

    @Override
    public void abortTask(TaskAttemptContext task) {
        Set<String> own = written.stream().map(f -> new Path(f).getName()).collect(Collectors.toSet());
        remove(task, own::contains);
    }

    @Override
    public void commitJob(JobContext context, Seq<TaskCommitMessage> tasks) {
        Map<String, StoredFile> counted = new TreeMap<>();
        for (TaskCommitMessage task : CollectionConverters.asJava(tasks)) {
            ((Map<?, ?>) task.obj()).forEach((name, file) -> counted.put((String) name, (StoredFile) file));
        }
        remove(context, file -> !counted.containsKey(file));
        try {
            Path place = new Path(path);
            new Checksums(counted).write(new OutputFiles(place, context.getConfiguration()), place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void abortJob(JobContext context) {
        remove(context, file -> true);
    }

    /** Removes some of this job's files. */
    private void remove(JobContext context, Predicate<String> which) {
        Path place = new Path(path);
        try {
            FileSystem fs = place.getFileSystem(context.getConfiguration());
            OutputFiles.eachFile(fs, place, file -> {
                String name = file.getPath().getName();
                if (name.contains(job) && which.test(name)) {
                    fs.delete(file.getPath(), false);
                }
            });
        } catch (FileNotFoundException e) {
            // no task wrote anything
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has nothing to do but to ask Spark's coordinator, that of several attempts of a task one counts. */
    private static final class Nothing extends OutputCommitter {
        @Override
        public void setupJob(JobContext job) {}

        @Override
        public void setupTask(TaskAttemptContext task) {}

        @Override
        public boolean needsTaskCommit(TaskAttemptContext task) {
            return true;
        }

        @Override
        public void commitTask(TaskAttemptContext task) {}

        @Override
        public void abortTask(TaskAttemptContext task) {}
    }
}
