package io.inmesh.control.translate;

import io.inmesh.control.config.Fault;
import io.inmesh.xds.envoy.Faults.FaultAbort;
import io.inmesh.xds.envoy.Faults.FaultDelay;
import io.inmesh.xds.envoy.Faults.HTTPFault;
import io.inmesh.xds.wire.Message;

/** VirtualService {@code http.fault} as the fault filter's settings of one route. */
final class FaultTranslation {

    private FaultTranslation() {}

    static Message of(Fault fault) {
        Message filter = Message.of(HTTPFault.TYPE);
        if (fault.delay().isPresent()) {
            Fault.Delay delay = fault.delay().get();
            filter = filter.with(
                    HTTPFault.DELAY,
                    Message.of(FaultDelay.TYPE)
                            .with(FaultDelay.FIXED_DELAY, delay.fixedDelay())
                            .with(FaultDelay.PERCENTAGE, Messages.fraction(delay.percentage())));
        }
        return fault.abort().isPresent()
                ? filter.with(HTTPFault.ABORT, abort(fault.abort().get()))
                : filter;
    }

    private static Message abort(Fault.Abort abort) {
        Message message =
                Message.of(FaultAbort.TYPE).with(FaultAbort.PERCENTAGE, Messages.fraction(abort.percentage()));
        return abort.httpStatus().isPresent()
                ? message.with(FaultAbort.HTTP_STATUS, (long) abort.httpStatus().get())
                : message.with(FaultAbort.GRPC_STATUS, (long) abort.grpcStatus().orElse(0));
    }
}
