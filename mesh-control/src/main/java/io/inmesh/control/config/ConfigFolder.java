package io.inmesh.control.config;

import io.inmesh.control.yaml.YamlLimits;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The state of a watched folder, moved on by {@link #poll()}. A file is read when two polls saw the same version of it, so that a
 * half-written one is not; a file that is gone or empty is believed after several polls, because editors write that way. Used by
 * one thread.
 */
final class ConfigFolder {

    private static final System.Logger LOG = System.getLogger(ConfigFolder.class.getName());
    private static final int POLLS_UNTIL_GONE = 5;
    private static final FolderScan.Stamp GONE = new FolderScan.Stamp(0, 0, "gone");

    private final Path folder;
    private final Optional<LastGoodFiles> lastGood;
    private final YamlLimits limits;
    private final Map<String, FolderScan.Stamp> read = new HashMap<>();
    private final Map<String, Pending> pending = new HashMap<>();
    private final TreeMap<String, FileContent> contents = new TreeMap<>();
    private boolean folderReadable = true;
    private boolean first = true;

    private record Pending(FolderScan.Stamp stamp, int polls) {}

    ConfigFolder(Path folder, Optional<LastGoodFiles> lastGood, YamlLimits limits) {
        this.folder = folder;
        this.lastGood = lastGood;
        this.limits = limits;
    }

    /** Looks once. The result is there only if something changed since the last poll, and at the first. */
    Optional<ConfigSnapshot> poll() {
        Map<String, FolderScan.Stamp> now;
        try {
            now = FolderScan.of(folder);
        } catch (IOException unreadable) {
            return unreadable(unreadable);
        }
        boolean changed = first || !folderReadable;
        folderReadable = true;
        Map<String, FolderScan.Stamp> all = new HashMap<>(now);
        contents.keySet().forEach(file -> all.putIfAbsent(file, GONE));
        for (Map.Entry<String, FolderScan.Stamp> file : all.entrySet()) {
            changed |= look(file.getKey(), file.getValue());
        }
        pending.keySet().retainAll(all.keySet());
        boolean settled = !first || pending.isEmpty();
        first = !settled;
        return changed && settled ? Optional.of(snapshot()) : Optional.empty();
    }

    private Optional<ConfigSnapshot> unreadable(IOException reason) {
        if (!folderReadable) {
            return Optional.empty();
        }
        folderReadable = false;
        LOG.log(Level.ERROR, "folder=" + folder + " cannot be read, the last state stays: " + reason);
        return first ? Optional.empty() : Optional.of(snapshot());
    }

    private boolean look(String file, FolderScan.Stamp stamp) {
        if (stamp.equals(read.get(file))) {
            pending.remove(file);
            return false;
        }
        Pending before = pending.get(file);
        int polls = before != null && before.stamp.equals(stamp) ? before.polls + 1 : 1;
        int enough = stamp.size() == 0 && contents.containsKey(file) ? POLLS_UNTIL_GONE : 2;
        if (polls < enough) {
            pending.put(file, new Pending(stamp, polls));
            return false;
        }
        pending.remove(file);
        return stamp.equals(GONE) ? forget(file) : readAgain(file, stamp);
    }

    private boolean forget(String file) {
        read.remove(file);
        contents.remove(file);
        try {
            if (lastGood.isPresent()) {
                lastGood.get().remove(file);
            }
        } catch (IOException kept) {
            LOG.log(Level.WARNING, "file=" + file + " its copy cannot be removed: " + kept);
        }
        LOG.log(Level.INFO, "file=" + file + " removed");
        return true;
    }

    private boolean readAgain(String file, FolderScan.Stamp stamp) {
        byte[] bytes;
        try {
            bytes = stamp.size() > limits.bytes()
                    ? new byte[limits.bytes() + 1]
                    : Files.readAllBytes(folder.resolve(file));
        } catch (IOException later) {
            return false;
        }
        read.put(file, stamp);
        FileContent before = contents.getOrDefault(file, FileContent.NOTHING);
        FileContent content = before.next(file, bytes, limits);
        if (!content.good() && !before.usable()) {
            content = copyOf(file).next(file, bytes, limits);
        }
        if (!content.usable() && !first) {
            // A new file that was never good takes nothing away; the empty copy lets a restart know that.
            content = new FileContent(Map.of(), content.problems(), true);
            keepCopy(file, new byte[0]);
        }
        contents.put(file, content);
        content.problems().forEach(problem -> LOG.log(Level.WARNING, problem.toString()));
        if (content.good()) {
            keepCopy(file, bytes);
        }
        return true;
    }

    private FileContent copyOf(String file) {
        try {
            Optional<byte[]> copy = lastGood.isPresent() ? lastGood.get().read(file) : Optional.empty();
            return copy.isPresent() ? FileContent.NOTHING.next(file, copy.get(), limits) : FileContent.NOTHING;
        } catch (IOException unreadable) {
            return FileContent.NOTHING;
        }
    }

    private void keepCopy(String file, byte[] bytes) {
        try {
            if (lastGood.isPresent()) {
                lastGood.get().write(file, bytes);
            }
        } catch (IOException full) {
            LOG.log(Level.WARNING, "file=" + file + " no copy for a restart can be kept: " + full);
        }
    }

    private ConfigSnapshot snapshot() {
        return ConfigSnapshot.of(contents.values());
    }
}
