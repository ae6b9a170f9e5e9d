package io.inmesh.client.adapter.tomcat;

import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.UpgradeProtocol;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * HTTP/2 whose first request already knows its connection. Tomcat gives a new processor the connection's security after the first
 * event only, so that the requests that came with a cleartext preface would belong to none.
 */
record MeshedUpgrade(UpgradeProtocol http2) implements UpgradeProtocol {

    @Override
    public String getHttpUpgradeName(boolean sslEnabled) {
        return http2.getHttpUpgradeName(sslEnabled);
    }

    @Override
    public byte[] getAlpnIdentifier() {
        return http2.getAlpnIdentifier();
    }

    @Override
    public String getAlpnName() {
        return http2.getAlpnName();
    }

    @Override
    public Processor getProcessor(SocketWrapperBase<?> socket, Adapter adapter) {
        Processor processor = http2.getProcessor(socket, adapter);
        processor.setSslSupport(socket.getSslSupport());
        return processor;
    }

    @Override
    public InternalHttpUpgradeHandler getInternalUpgradeHandler(
            SocketWrapperBase<?> socket, Adapter adapter, Request request) {
        return http2.getInternalUpgradeHandler(socket, adapter, request);
    }

    @Override
    public boolean accept(Request request) {
        return http2.accept(request);
    }
}
