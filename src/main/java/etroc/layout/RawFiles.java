package etroc.layout;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Opens data files as they are: local ones without the checksum files that Hadoop may have put beside them, whose names cannot be made of all names. */
public final class RawFiles {
    private RawFiles() {}

    /** Opens a file. @throws IOException if it cannot be read */
    public static FSDataInputStream open(String file, Configuration conf) throws IOException {
        Path path = new Path(file);
        FileSystem fs = path.getFileSystem(conf);
        return (fs instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : fs).open(path);
    }
}
