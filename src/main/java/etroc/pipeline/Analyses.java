package etroc.pipeline;

import etroc.UsageException;
import org.apache.hadoop.conf.Configuration;

/** The analyses that there are, for whoever runs any of them. */
public interface Analyses {
    /**
     * Plans a job: lists its inputs, and checks its cuts and settings.
     *
     * @throws etroc.InputException if inputs are missing or make no sense
     * @throws UsageException if settings do, or there is no such kind of analysis
     */
    Plan plan(Job job, Configuration conf);
}
