package io.inmesh.client.pipeline;

/**
 * How gRPC and HTTP statuses translate.
 *
 * @see <a href="https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto">google.rpc.Code</a>
 * @see <a href="https://github.com/grpc/grpc/blob/master/doc/http-grpc-status-mapping.md">HTTP to gRPC status</a>
 */
final class GrpcStatus {

    static final int DEADLINE_EXCEEDED = 4;

    private GrpcStatus() {}

    /** What outlier detection takes a gRPC status for. */
    static int httpStatus(String grpcStatus) {
        return switch (grpcStatus) {
            case "0" -> 200;
            case "1" -> 499;
            case "3", "9", "11" -> 400;
            case "4" -> 504;
            case "5" -> 404;
            case "6", "10" -> 409;
            case "7" -> 403;
            case "8" -> 429;
            case "12" -> 501;
            case "14" -> 503;
            case "16" -> 401;
            default -> 500;
        };
    }

    /** The status of a local reply to a gRPC request. */
    static int ofHttp(int status) {
        return switch (status) {
            case 400 -> 13;
            case 401 -> 16;
            case 403 -> 7;
            case 404 -> 12;
            case 429, 502, 503, 504 -> 14;
            default -> 2;
        };
    }
}
