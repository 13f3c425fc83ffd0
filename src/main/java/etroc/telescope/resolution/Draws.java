package etroc.telescope.resolution;

import java.io.Serializable;
import java.util.Arrays;

/**
 * How often events count in the replicas of a Poisson bootstrap: by hashes of a seed and the event, so that nothing depends on partitions or
 * order. Sums are kept in columns. Few events: a column a replica, and a last one in which every event counts once. Many: a column for each of
 * {@value #GROUPS} groups of events, and the groups count in the replicas.
 *
 * @param replicas 0: none
 * @param grouped whether events count by groups
 */
public record Draws(long seed, int replicas, boolean grouped) implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int GROUPS = 256;
    private static final long MOST_SINGLE_EVENTS = 20_000;
    /** Golden ratio of 64 bits: the step of SplitMix64. */
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private static final int WEIGHTS_A_HASH = 4;
    private static final int BITS = 16;
    private static final byte[] POISSON = poisson();

    /** For some number of events. */
    public static Draws of(long seed, int replicas, long events) {
        return new Draws(seed, replicas, replicas > 0 && events > MOST_SINGLE_EVENTS);
    }

    public int columns() {
        return grouped ? GROUPS : replicas + 1;
    }

    /** Column of an event's group. */
    public int group(long key) {
        return (int) (start(key) & (GROUPS - 1));
    }

    /** Number of an event in each column, where events count by themselves. */
    public void draw(long key, int[] to) {
        fill(start(key), to, replicas);
        to[replicas] = 1;
    }

    /** How often each column counts in a replica; in the last, of number {@link #replicas}, every event counts once. */
    public int[] weights(int replica) {
        int[] weights = new int[columns()];
        if (!grouped) {
            weights[replica] = 1;
        } else if (replica == replicas) {
            Arrays.fill(weights, 1);
        } else {
            fill(start(-1L - replica), weights, GROUPS);
        }
        return weights;
    }

    private long start(long key) {
        return mix(key ^ mix(seed * STEP));
    }

    private static void fill(long start, int[] to, int count) {
        long state = start;
        long bits = 0;
        for (int i = 0; i < count; i++) {
            if (i % WEIGHTS_A_HASH == 0) {
                state += STEP;
                bits = mix(state);
            }
            to[i] = POISSON[(int) bits & ((1 << BITS) - 1)];
            bits >>>= BITS;
        }
    }

    /** SplitMix64's mixing of bits: Steele, Lea and Flood, OOPSLA 2014. */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** Poisson numbers of mean 1 by {@value #BITS} random bits. */
    private static byte[] poisson() {
        byte[] table = new byte[1 << BITS];
        double term = Math.exp(-1);
        double cumulative = term;
        int k = 0;
        for (int i = 0; i < table.length; i++) {
            while ((i + 0.5) / table.length > cumulative) {
                k++;
                term /= k;
                cumulative += term;
            }
            table[i] = (byte) k;
        }
        return table;
    }
}
