package io.inmesh.cli;

/**
 * What meshctl tells its caller, the same in every output format.
 *
 * @see <a href="https://man.freebsd.org/cgi/man.cgi?sysexits">sysexits(3)</a>, which istioctl follows
 */
final class ExitCode {

    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 64;
    static final int UNREADABLE = 65;
    static final int ISSUES = 79;

    private ExitCode() {}
}
