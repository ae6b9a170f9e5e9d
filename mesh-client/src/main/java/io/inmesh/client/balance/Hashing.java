package io.inmesh.client.balance;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The 64-bit hash functions of Envoy's consistent hashing, over a text's UTF-8 bytes. ASCII text is hashed without a copy.
 *
 * @see <a href="https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md">xxHash, specification</a>
 */
public final class Hashing {

    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;
    private static final long MURMUR = 0xC6A4A7935BD1E995L;
    private static final long MURMUR_SEED = 0xC70F6907L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Hashing() {}

    /** xxHash64 with seed 0. */
    public static long xx(String text) {
        return xx(text, 0);
    }

    /** xxHash64. */
    public static long xx(String text, long seed) {
        return ascii(text) ? xx(text, text.length(), seed, Hashing::ofText) : xxBytes(text, seed);
    }

    private static long xxBytes(String text, long seed) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return xx(bytes, bytes.length, seed, Hashing::ofBytes);
    }

    /** MurmurHash2, 64 bits, with the seed of the C++ library's {@code std::hash}. */
    static long murmur(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        long hash = MURMUR_SEED ^ (bytes.length * MURMUR);
        int at = 0;
        for (; at + 8 <= bytes.length; at += 8) {
            hash = (hash ^ (shiftMix((long) LONGS.get(bytes, at) * MURMUR) * MURMUR)) * MURMUR;
        }
        if (at < bytes.length) {
            hash = (hash ^ ofBytes(bytes, at, bytes.length - at)) * MURMUR;
        }
        return shiftMix(shiftMix(hash) * MURMUR);
    }

    private static long shiftMix(long value) {
        return value ^ (value >>> 47);
    }

    private static boolean ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static <T> long xx(T data, int length, long seed, Reader<T> reader) {
        int at = 0;
        long hash = seed + P5;
        if (length >= 32) {
            long a = seed + P1 + P2;
            long b = seed + P2;
            long c = seed;
            long d = seed - P1;
            for (; at + 32 <= length; at += 32) {
                a = round(a, reader.read(data, at, 8));
                b = round(b, reader.read(data, at + 8, 8));
                c = round(c, reader.read(data, at + 16, 8));
                d = round(d, reader.read(data, at + 24, 8));
            }
            hash = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7) + Long.rotateLeft(c, 12) + Long.rotateLeft(d, 18);
            hash = merge(merge(merge(merge(hash, a), b), c), d);
        }
        return avalanche(tail(data, at, length, hash + length, reader));
    }

    private static <T> long tail(T data, int start, int length, long begun, Reader<T> reader) {
        int at = start;
        long hash = begun;
        for (; at + 8 <= length; at += 8) {
            hash = Long.rotateLeft(hash ^ round(0, reader.read(data, at, 8)), 27) * P1 + P4;
        }
        if (at + 4 <= length) {
            hash = Long.rotateLeft(hash ^ (reader.read(data, at, 4) * P1), 23) * P2 + P3;
            at += 4;
        }
        for (; at < length; at++) {
            hash = Long.rotateLeft(hash ^ (reader.read(data, at, 1) * P5), 11) * P1;
        }
        return hash;
    }

    private static long round(long accumulator, long input) {
        return Long.rotateLeft(accumulator + input * P2, 31) * P1;
    }

    private static long merge(long hash, long accumulator) {
        return (hash ^ round(0, accumulator)) * P1 + P4;
    }

    private static long avalanche(long begun) {
        long hash = (begun ^ (begun >>> 33)) * P2;
        hash = (hash ^ (hash >>> 29)) * P3;
        return hash ^ (hash >>> 32);
    }

    private static long ofText(String text, int at, int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (long) text.charAt(at + i) << (8 * i);
        }
        return value;
    }

    private static long ofBytes(byte[] bytes, int at, int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (bytes[at + i] & 0xFFL) << (8 * i);
        }
        return value;
    }

    /** Some bytes as a little-endian number. */
    @FunctionalInterface
    private interface Reader<T> {
        long read(T data, int at, int count);
    }
}
