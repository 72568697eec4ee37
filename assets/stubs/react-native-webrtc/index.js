throw new Error('react-native-webrtc is not part of Peerhold: desktop nodes use node-datachannel');
