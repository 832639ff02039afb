"""Every TensorFlow operation that a model's graph may hold, by what it is for.

A list of what is allowed, not of what is forbidden: TensorFlow has some 1,900 operations, and those that
read or write files, print, open sockets, run Python, load libraries, keep queues and data sets, or dump
tensors for debugging are told apart from mathematics only by their names. A new TensorFlow can add others;
they are refused until somebody has put them here.
"""

ELEMENTWISE = """
Abs Acos Acosh Add AddN AddV2 AccumulateNV2 ApproximateEqual Asin Asinh Atan Atan2 Atanh BesselI0
BesselI0e BesselI1 BesselI1e BiasAdd BiasAddV1 Bitcast BitwiseAnd BitwiseOr BitwiseXor Bucketize Cast Ceil
ClipByValue Cos Cosh Digamma Div DivNoNan Elu Equal Erf Erfc Erfinv Exp Expm1 Floor FloorDiv FloorMod
Greater GreaterEqual Inv Invert IsFinite IsInf IsNan LeakyRelu LeftShift Less LessEqual Lgamma Log Log1p
LogicalAnd LogicalNot LogicalOr Maximum Minimum Mod Mul MulNoNan Ndtri Neg NextAfter NotEqual Polygamma
Pow RealDiv Reciprocal Relu Relu6 Rint RightShift Round Rsqrt Select SelectV2 Selu Sigmoid Sign Sin Sinh
Softplus Softsign Sqrt Square SquaredDifference Sub Tan Tanh TruncateDiv TruncateMod Xdivy Xlog1py Xlogy
Zeta
"""
REDUCTIONS = """
All Any ArgMax ArgMin Bincount Cumprod Cumsum CumulativeLogsumexp DenseBincount EuclideanNorm InTopK
InTopKV2 L2Loss Max Mean Min NthElement Prod SegmentMax SegmentMean SegmentMin SegmentProd SegmentSum Sum
TopK TopKV2 UnsortedSegmentMax UnsortedSegmentMin UnsortedSegmentProd UnsortedSegmentSum
"""
LINEAR = """
BatchMatMul BatchMatMulV2 BatchMatMulV3 Cholesky Conv Conv2D Conv2DBackpropInput Conv3D
Conv3DBackpropInput Conv3DBackpropInputV2 Cross DepthwiseConv2dNative DepthwiseConv2dNativeBackpropInput
Dilation2D Einsum FusedPadConv2D FusedResizeAndPadConv2D MatMul MatrixBandPart MatrixDeterminant
MatrixDiag MatrixDiagPart MatrixDiagPartV2 MatrixDiagPartV3 MatrixDiagV2 MatrixDiagV3 MatrixInverse
MatrixSetDiag MatrixSetDiagV2 MatrixSetDiagV3 MatrixSolve MatrixTriangularSolve Diag DiagPart Qr
SelfAdjointEigV2 Svd _FusedConv2D _FusedDepthwiseConv2dNative _FusedMatMul _FusedBatchNormEx
"""
NORMALISATION_AND_POOLING = """
AvgPool AvgPool3D BatchNormWithGlobalNormalization FractionalAvgPool FractionalMaxPool FusedBatchNorm
FusedBatchNormV2 FusedBatchNormV3 LRN LogSoftmax MaxPool MaxPool3D MaxPoolV2 MaxPoolWithArgmax Softmax
"""
GRADIENTS = """
AvgPoolGrad BiasAddGrad Conv2DBackpropFilter DepthwiseConv2dNativeBackpropFilter EluGrad
FusedBatchNormGrad FusedBatchNormGradV2 FusedBatchNormGradV3 InvGrad LRNGrad LeakyReluGrad MaxPoolGrad
MaxPoolGradV2 PreventGradient ReciprocalGrad Relu6Grad ReluGrad ResizeBicubicGrad ResizeBilinearGrad
ResizeNearestNeighborGrad RsqrtGrad SeluGrad SigmoidGrad SoftplusGrad SoftsignGrad SqrtGrad
StridedSliceGrad TanhGrad MirrorPadGrad BroadcastGradientArgs
"""
SHAPES = """
BatchToSpace BatchToSpaceND BroadcastArgs BroadcastTo Concat ConcatOffset ConcatV2 ConjugateTranspose
Const DataFormatDimMap DataFormatVecPermute DepthToSpace DynamicPartition DynamicStitch Empty EnsureShape
ExpandDims ExtractImagePatches ExtractVolumePatches Fill Gather GatherNd GatherV2 GuaranteeConst HostConst
Identity IdentityN InvertPermutation LinSpace LowerBound MirrorPad OneHot OnesLike Pack Pad PadV2
ParallelConcat ParallelDynamicStitch Placeholder PlaceholderV2 PlaceholderWithDefault Range Rank Reshape
Reverse ReverseSequence ReverseV2 Roll ScatterNd SearchSorted Shape ShapeN Size Slice Snapshot
SpaceToBatch SpaceToBatchND SpaceToDepth Split SplitV Squeeze StopGradient StridedSlice TensorScatterAdd
TensorScatterMax TensorScatterMin TensorScatterSub TensorScatterUpdate TensorStridedSliceUpdate Tile
Transpose Unique UniqueV2 Unpack UnravelIndex UpperBound Where ZerosLike DeepCopy CheckNumerics
CheckNumericsV2
"""
PICTURES_AND_SOUNDS = """
AdjustContrast AdjustContrastv2 AdjustHue AdjustSaturation AudioSpectrogram CropAndResize ExtractGlimpse
ExtractGlimpseV2 HSVToRGB ImageProjectiveTransformV2 ImageProjectiveTransformV3 Mfcc NonMaxSuppressionV3
NonMaxSuppressionV4 NonMaxSuppressionV5 RGBToHSV ResizeArea ResizeBicubic ResizeBilinear
ResizeNearestNeighbor ScaleAndTranslate Complex ComplexAbs Conj Real Imag Angle FFT FFT2D FFT3D FFTND IFFT
IFFT2D IFFT3D IFFTND RFFT RFFT2D RFFT3D RFFTND IRFFT IRFFT2D IRFFT3D IRFFTND
"""
# A call names a function of the same graph, whose operations are checked like all others.
CONTROL_FLOW = """
Assert Case ControlTrigger Enter Exit For If LoopCond Merge NextIteration NoOp PartitionedCall RefEnter
RefExit RefIdentity RefMerge RefNextIteration RefSwitch StatefulPartitionedCall StatelessCase StatelessIf
StatelessWhile Switch While _Arg _If _Retval _SwitchN _While
"""
# Lists of tensors: what loops of recurrent layers are written with; memory of the process only.
LISTS = """
EmptyTensorList TensorArrayCloseV3 TensorArrayConcatV3 TensorArrayGatherV3 TensorArrayReadV3
TensorArrayScatterV3 TensorArraySizeV3 TensorArraySplitV3 TensorArrayV3 TensorArrayWriteV3
TensorListConcat TensorListConcatLists TensorListConcatV2 TensorListElementShape TensorListFromTensor
TensorListGather TensorListGetItem TensorListLength TensorListPopBack TensorListPushBack
TensorListPushBackBatch TensorListReserve TensorListResize TensorListScatter
TensorListScatterIntoExistingList TensorListScatterV2 TensorListSetItem TensorListSplit TensorListStack
"""
# Weights. Their values come from the model's own folder: see SAVING.
VARIABLES = """
Assign AssignAdd AssignAddVariableOp AssignSub AssignSubVariableOp AssignVariableOp DisableCopyOnRead
IsVariableInitialized ReadVariableOp ResourceGather ResourceGatherNd VarHandleOp VarIsInitializedOp
Variable VariableShape VariableV2
"""
# Augmentation and dropout leave these behind; their state is a weight.
RANDOM = """
Multinomial ParameterizedTruncatedNormal RandomGamma RandomPoissonV2 RandomShuffle RandomStandardNormal
RandomUniform RandomUniformInt RngReadAndSkip RngSkip StatefulStandardNormalV2 StatefulTruncatedNormal
StatefulUniform StatefulUniformFullInt StatefulUniformInt StatelessMultinomial StatelessRandomBinomial
StatelessRandomGammaV2 StatelessRandomGammaV3 StatelessRandomGetAlg StatelessRandomGetKeyCounter
StatelessRandomGetKeyCounterAlg StatelessRandomNormal StatelessRandomNormalV2 StatelessRandomPoisson
StatelessRandomUniform StatelessRandomUniformFullInt StatelessRandomUniformFullIntV2
StatelessRandomUniformInt StatelessRandomUniformIntV2 StatelessRandomUniformV2
StatelessSampleDistortedBoundingBox StatelessShuffle StatelessTruncatedNormal StatelessTruncatedNormalV2
TruncatedNormal
"""
QUANTISATION = """
Dequantize FakeQuantWithMinMaxArgs FakeQuantWithMinMaxVars FakeQuantWithMinMaxVarsPerChannel
QuantizeAndDequantize QuantizeAndDequantizeV2 QuantizeAndDequantizeV3 QuantizeAndDequantizeV4
QuantizeDownAndShrinkRange QuantizeV2 QuantizedAdd QuantizedAvgPool QuantizedBiasAdd QuantizedConcat
QuantizedConv2D QuantizedMatMul QuantizedMaxPool QuantizedMul QuantizedRelu QuantizedRelu6
QuantizedReshape RequantizationRange Requantize UniformDequantize UniformQuantize UniformQuantizedAdd
UniformQuantizedConvolution UniformQuantizedDot UniformRequantize
"""
# The saver of a SavedModel names files. It is taken out of the graph and never run; weights are read by
# the library itself, from the folder ``variables`` of the model.
SAVING = frozenset({"MergeV2Checkpoints", "RestoreV2", "SaveV2", "ShardedFilename"})
SAVERS_WORDS = frozenset({"StringJoin", "StaticRegexFullMatch"})  # how a saver puts a file's name together

OPERATIONS = frozenset(
    " ".join(  # noqa: FLY002  a list of lists reads better than one string of braces
        (
            ELEMENTWISE,
            REDUCTIONS,
            LINEAR,
            NORMALISATION_AND_POOLING,
            GRADIENTS,
            SHAPES,
            PICTURES_AND_SOUNDS,
            CONTROL_FLOW,
            LISTS,
            VARIABLES,
            RANDOM,
            QUANTISATION,
        )
    ).split()
)
